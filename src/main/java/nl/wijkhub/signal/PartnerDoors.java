package nl.wijkhub.signal;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Discipline;

/** Every door there is, in the order of the route files. */
public final class PartnerDoors {
    private final List<PartnerDoor> doors;

    public PartnerDoors(Collection<PartnerDoor> doors) {
        this.doors = List.copyOf(doors);
    }

    public List<PartnerDoor> all() {
        return doors;
    }

    /** The rights there are, in alphabetical order. */
    public Set<String> names() {
        return doors.stream().map(PartnerDoor::door).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whose data comes through the doors of that name; empty for anyone's. */
    public Optional<Discipline> disciplineOf(String door) {
        return doors.stream()
                .filter(one -> one.door().equals(door) && one.discipline() != null)
                .map(PartnerDoor::discipline)
                .findFirst();
    }

    public Optional<PartnerDoor> ofFormat(String format) {
        return doors.stream().filter(one -> one.format().equals(format)).findFirst();
    }

    /** The door whose path a message has as its subject. */
    public Optional<PartnerDoor> ofSubject(String subject) {
        return doors.stream()
                .filter(one ->
                        one.subject().filter(path -> path.equals(subject)).isPresent())
                .findFirst();
    }

    /** The first door for a format of its own through which a partner may send messages of this media type. */
    public Optional<PartnerDoor> own(Partners.Partner partner, String mediaType) {
        return doors.stream()
                .filter(one -> one.isOfPartners() && one.subject().isPresent())
                .filter(one -> partner.doors().contains(one.door()))
                .filter(one -> one.mediaTypes().contains(mediaType))
                .findFirst();
    }
}

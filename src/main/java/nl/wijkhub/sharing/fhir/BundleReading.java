package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wijkhub.signal.Checks;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** The entries of a Bundle, by type and by the references between them; what is wrong is noted at its own place. */
public final class BundleReading {
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");
    private static final Set<BundleType> TYPES = EnumSet.of(BundleType.COLLECTION, BundleType.MESSAGE);

    /** A resource and where it stands, such as {@code /entry/0/resource}. */
    public record Entry<T extends Resource>(String pointer, T resource) {
        public String at(String field) {
            return pointer + '/' + field;
        }
    }

    private record Addressed(String fullUrl, Entry<Resource> entry) {}

    private final Checks checks;
    private final List<Addressed> entries = new ArrayList<>();

    public BundleReading(Bundle bundle, Checks checks) {
        this.checks = checks;
        if (!TYPES.contains(bundle.getType())) {
            checks.fault("/type", "not-in-list.bundle-type");
        }
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var entry = bundle.getEntry().get(i);
            if (entry.getResource() != null) {
                entries.add(new Addressed(
                        entry.getFullUrl(), new Entry<>(at("/entry", i) + "/resource", entry.getResource())));
            }
        }
    }

    public <T extends Resource> List<Entry<T>> all(Class<T> type) {
        return entries.stream()
                .map(Addressed::entry)
                .filter(entry -> type.isInstance(entry.resource()))
                .map(entry -> new Entry<>(entry.pointer(), type.cast(entry.resource())))
                .toList();
    }

    /**
     * The one resource of these types; empty with a fault when there is none, or at each one too many.
     *
     * @param key of the fault when there is none
     */
    @SafeVarargs
    public final Optional<Entry<Resource>> one(String key, Class<? extends Resource>... types) {
        List<Entry<Resource>> found = entries.stream()
                .map(Addressed::entry)
                .filter(entry -> Set.of(types).contains(entry.resource().getClass()))
                .toList();
        List<String> names =
                Set.of(types).stream().map(Class::getSimpleName).sorted().toList();
        if (found.isEmpty()) {
            checks.fault("/entry", key, names);
            return Optional.empty();
        }
        for (Entry<Resource> extra : found.subList(1, found.size())) {
            checks.fault(extra.pointer(), "too-many.in-bundle", names);
        }
        return Optional.of(found.get(0));
    }

    /** Where a reference leads within the Bundle; empty with a fault when it leads nowhere or to another type. */
    public <T extends Resource> Optional<Entry<T>> follow(Reference reference, String pointer, Class<T> type) {
        String target = reference == null ? null : reference.getReference();
        if (target == null || target.isBlank()) {
            checks.fault(pointer, "missing.reference-to", type.getSimpleName());
            return Optional.empty();
        }
        Optional<Entry<Resource>> found = find(target);
        if (found.isEmpty()) {
            checks.fault(pointer + "/reference", "dangling-reference.bundle");
            return Optional.empty();
        }
        if (!type.isInstance(found.get().resource())) {
            checks.fault(pointer + "/reference", "wrong-target.type", type.getSimpleName());
            return Optional.empty();
        }
        return Optional.of(
                new Entry<>(found.get().pointer(), type.cast(found.get().resource())));
    }

    /** Whether a reference leads to something in the Bundle. */
    boolean holds(String target) {
        return find(target).isPresent();
    }

    private Optional<Entry<Resource>> find(String target) {
        return entries.stream()
                .filter(addressed -> isAt(addressed, target))
                .map(Addressed::entry)
                .findFirst();
    }

    private static boolean isAt(Addressed addressed, String target) {
        Resource resource = addressed.entry().resource();
        String local =
                resource.getResourceType() + "/" + resource.getIdElement().getIdPart();
        return target.equals(addressed.fullUrl())
                || (resource.hasId() && (target.equals(local) || target.endsWith("/" + local)));
    }

    /** The sender's own reference: the first identifier with a value, at most 128 characters. */
    public String reference(Entry<?> entry, List<Identifier> identifiers) {
        Optional<String> value = identifiers.stream()
                .map(Identifier::getValue)
                .filter(v -> v != null && !v.isBlank())
                .map(String::strip)
                .findFirst();
        if (value.isEmpty()) {
            checks.fault(entry.at("identifier"), "missing.identifier");
        } else if (value.get().length() > 128) {
            checks.fault(entry.at("identifier"), "too-long.reference");
        }
        return value.orElse(null);
    }

    /** A whole date; null for a day that does not exist. The parser has told that already. */
    public static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As {@link #time}, and a date alone is the beginning of that day in the Netherlands. */
    public OffsetDateTime timeOrDay(BaseDateTimeType time, String pointer) {
        String text = time == null ? null : time.getValueAsString();
        LocalDate day = text == null || text.length() != 10 ? null : date(text);
        if (day == null) {
            return time(time, pointer, true);
        }
        OffsetDateTime start = day.atStartOfDay(CALENDAR).toOffsetDateTime();
        checks.notInFuture(pointer, start);
        return start;
    }

    /** A moment with offset; null with a fault when it is a date alone, lies ahead, or is missing though required. */
    public OffsetDateTime time(BaseDateTimeType time, String pointer, boolean required) {
        String text = time == null ? null : time.getValueAsString();
        if (text == null || text.isBlank()) {
            if (required) {
                checks.fault(pointer, "missing.time");
            }
            return null;
        }
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            checks.notInFuture(pointer, moment);
            return moment;
        } catch (DateTimeException e) {
            checks.fault(pointer, "wrong-form.time-with-offset");
            return null;
        }
    }

    /** Text of at most 8,000 characters; null for none. */
    public String narrative(List<String> parts, String pointer, boolean maySendBsn) {
        String text = parts.stream()
                .filter(part -> part != null && !part.isBlank())
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        if (text.length() > 8000) {
            checks.fault(pointer, "too-long.narrative");
        }
        checks.noBsn(pointer, text, maySendBsn);
        return text.isEmpty() ? null : text;
    }
}

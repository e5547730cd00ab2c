package nl.wijkhub.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import nl.wijkhub.kernel.Rejected;

/** Whatever bytes come in: a draft or a refusal, never a fault of our own. */
class SharedLanguageProperties {
    private final SignalReading reading = SharedLanguage.reading((partner, reference) -> false);

    @Property(tries = 300)
    void any_bytes_are_read_or_refused(@ForAll byte[] bytes) {
        SignalReading.TAKEN.forEach(mediaType -> feed(mediaType, bytes));
    }

    @Property(tries = 300)
    void a_sound_message_with_some_bytes_changed_is_read_or_refused(
            @ForAll @IntRange(max = 900) int at, @ForAll byte other, @ForAll boolean cut) {
        String event = SharedLanguage.event("fake-1").toString();
        for (String mediaType : SignalReading.TAKEN) {
            String sound =
                    switch (mediaType) {
                        case SignalReading.SIGNAL -> SharedLanguage.signal("fake-1");
                        case SignalReading.EVENT -> event;
                        case SignalReading.EVENTS -> "[" + event + "," + event + "]";
                        default -> SharedLanguage.signal("fake-1") + "\n" + SharedLanguage.signal("fake-2");
                    };
            byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
            bytes[at % bytes.length] = other;
            feed(mediaType, cut ? java.util.Arrays.copyOf(bytes, at % bytes.length) : bytes);
        }
    }

    @Property(tries = 300)
    void any_header_is_taken_or_refused(
            @ForAll @StringLength(max = 30) String name,
            @ForAll @CharRange(from = ' ', to = 'ÿ') @StringLength(max = 40) String value) {
        EventAttributes attributes = EventAttributes.ofHeaders(List.of(Map.entry("ce-" + name, value)));
        Incoming canonical = SharedLanguage.incoming(SignalReading.SIGNAL, SharedLanguage.signal("fake-1"));

        assertThat(SharedLanguage.faults(
                        reading,
                        new Incoming(
                                canonical.partner(),
                                canonical.body(),
                                canonical.mediaType(),
                                attributes,
                                canonical.trace(),
                                false)))
                .isNotEmpty();
    }

    private void feed(String mediaType, byte[] bytes) {
        Incoming in = SharedLanguage.incoming(mediaType, bytes);
        try {
            if (SignalReading.MANY.contains(in.mediaType())) {
                reading.many(in)
                        .forEachRemaining(lines -> lines.forEach(line -> assertThat(line.failure())
                                .satisfiesAnyOf(failure -> assertThat(failure).isNull(), failure -> assertThat(failure)
                                        .isInstanceOf(Rejected.class))));
            } else {
                reading.one(in);
            }
        } catch (Rejected refused) {
            assertThat(refused.problem().status()).isBetween(400, 499);
        }
    }
}

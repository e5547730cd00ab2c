package nl.wijkhub.app.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Decimal32;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.DeliveryAnnotations;
import org.apache.qpid.proton.amqp.messaging.Footer;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

class AmqpReadingTest {
    private static final byte[] BODY = "{\"fake\":\"é\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void what_a_sender_said_comes_out_as_it_was_said() {
        Message message = ForeignAmqp.with(
                ForeignAmqp.message("application/json; charset=utf-8", BODY),
                Map.of(
                        "cloudEvents:time",
                        new Date(0),
                        "cloudEvents:number",
                        5,
                        "unsigned",
                        UnsignedInteger.valueOf(7),
                        "decimal",
                        new Decimal32(1),
                        "traceparent",
                        "fake"));
        message.setMessageId(new UUID(0, 7));
        message.setSubject("housing/zaken");
        message.setContentEncoding("identity");

        PartnerMessage read = AmqpReading.read(encoded(message));

        assertThat(read.contentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(read.contentEncoding()).isEqualTo("identity");
        assertThat(read.subject()).isEqualTo("housing/zaken");
        assertThat(read.properties())
                .containsEntry("cloudEvents:time", new Date(0))
                .containsEntry("cloudEvents:number", 5);
        assertThat(read.properties().get("unsigned")).isEqualTo(7L);
        assertThat(read.properties().get("decimal")).isInstanceOf(String.class);
        assertThat(read.traceparent()).isEqualTo("fake");
        assertThat(read.property("none")).isNull();
        assertThat(read.body()).isEqualTo(BODY);
    }

    @Test
    void a_message_that_says_nothing_of_itself_has_nothing_of_it() {
        PartnerMessage read = AmqpReading.read(encoded(ForeignAmqp.message(null, BODY)));

        assertThat(read.contentType()).isNull();
        assertThat(read.subject()).isNull();
        assertThat(read.properties()).isEmpty();
    }

    @Test
    void a_text_and_bytes_as_a_value_are_a_body_too() {
        assertThat(AmqpReading.read(encoded(new AmqpValue("é"))).body())
                .isEqualTo("é".getBytes(StandardCharsets.UTF_8));
        assertThat(AmqpReading.read(encoded(new AmqpValue(new Binary(BODY)))).body())
                .isEqualTo(BODY);
    }

    @Test
    void several_sections_of_data_are_one_body() {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(encoded(ForeignAmqp.message(null, "{\"a\":".getBytes(StandardCharsets.UTF_8))));
        two.writeBytes(encoded(ForeignAmqp.message(null, "1}".getBytes(StandardCharsets.UTF_8))));

        assertThat(AmqpReading.read(two.toByteArray()).body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void what_has_no_bytes_is_refused() {
        refused(encoded(new AmqpValue(Map.of("fake", 1))), "not-bytes");
        refused(encoded(new AmqpValue(5)), "not-bytes");
        refused(encoded(new AmqpSequence(List.of("fake"))), "not-bytes");
        refused(encoded(new AmqpValue(null)), "empty");
        refused(encoded(Message.Factory.create()), "empty");
        refused(new byte[0], "empty");
    }

    @Test
    void a_few_bytes_that_ask_for_much_memory_are_refused_before_anything_is_made_of_them() {
        for (int section : new int[] {0x77, 0x74, 0x73}) {
            byte[] bomb = new byte[200_000];
            // arrays of a value that has no width, as many as the decoder would believe
            ByteBuffer into = ByteBuffer.wrap(bomb).put(new byte[] {0, 0x53, (byte) section});
            into.put((byte) (section == 0x77 ? 0xd0 : 0xd1))
                    .putInt(bomb.length - 8)
                    .putInt(19_998);
            while (into.remaining() >= 10) {
                into.put((byte) 0xf0).putInt(5).putInt(into.remaining()).put((byte) 0x41);
            }
            assertThatThrownBy(() -> AmqpReading.read(bomb)).isInstanceOf(Rejected.class);
        }
        byte[] small = {0, 0x53, 0x74, (byte) 0xc1, 9, 2, (byte) 0xa1, 1, 'a', (byte) 0xe0, 3, 127, 0x40, 0};
        refused(small, "not-amqp");
        // a property without a name, one named by a number, and a section of a far descriptor
        refused(new byte[] {0, 0x53, 0x74, (byte) 0xc1, 3, 2, 0x40, 0x40}, "not-amqp");
        refused(new byte[] {0, 0x53, 0x74, (byte) 0xc1, 4, 2, 0x54, 1, 0x40}, "not-amqp");
        refused(new byte[] {0, (byte) 0x80, 0, 0, 0, 0, 0, 1, 0, 0x75, (byte) 0xa0, 1, 'x'}, "not-amqp");
    }

    @Test
    void properties_past_64_kilobytes_are_too_large() {
        Message message = ForeignAmqp.with(ForeignAmqp.message(null, BODY), Map.of("fake", "x".repeat(70_000)));

        assertThatThrownBy(() -> AmqpReading.read(encoded(message, 200_000)))
                .isInstanceOfSatisfying(
                        Rejected.class, one -> assertThat(one.problem()).isEqualTo(Problem.TOO_LARGE));
    }

    @Test
    void what_a_broker_and_a_link_say_is_passed_over() {
        Message message = ForeignAmqp.message("application/json", BODY);
        message.setDurable(true);
        message.setDeliveryAnnotations(new DeliveryAnnotations(Map.of(Symbol.valueOf("x-opt-fake"), List.of(1, 2))));
        message.setMessageAnnotations(new MessageAnnotations(Map.of(Symbol.valueOf("x-opt-fake"), Map.of("a", 1))));
        message.setFooter(new Footer(Map.of(Symbol.valueOf("x-opt-fake"), "x")));

        assertThat(AmqpReading.read(encoded(message)).body()).isEqualTo(BODY);
    }

    @Test
    void the_same_message_sent_again_is_the_same_whatever_its_id_and_trace() {
        Message first =
                ForeignAmqp.with(ForeignAmqp.message("application/json", BODY), Map.of("a", 1, "traceparent", "x"));
        first.setMessageId("one");
        Message again =
                ForeignAmqp.with(ForeignAmqp.message("application/json", BODY), Map.of("a", 1, "traceparent", "y"));
        again.setMessageId("two");
        again.setCreationTime(5);
        Message other = ForeignAmqp.with(ForeignAmqp.message("application/json", BODY), Map.of("a", 2));

        String same = AmqpReading.read(encoded(first)).sameness();
        assertThat(AmqpReading.read(encoded(again)).sameness()).isEqualTo(same);
        assertThat(AmqpReading.read(encoded(other)).sameness()).isNotEqualTo(same);
    }

    @Test
    void whatever_bytes_come_they_are_read_or_refused() {
        byte[] whole = encoded(ForeignAmqp.with(ForeignAmqp.message("application/json", BODY), Map.of("fake", "x")));
        Random random = new Random(20261129);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            if (i % 3 == 0) {
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                AmqpReading.read(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            } catch (Rejected unreadable) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        for (int cut = 1; cut < 15; cut++) {
            refused(Arrays.copyOf(whole, whole.length - cut), "not-amqp");
        }
    }

    private static void refused(byte[] message, String code) {
        assertThatThrownBy(() -> AmqpReading.read(message))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.faults())
                        .extracting("code")
                        .containsExactly(code));
    }

    private static byte[] encoded(Section body) {
        Message message = Message.Factory.create();
        message.setBody(body);
        return encoded(message);
    }

    private static byte[] encoded(Message message) {
        return encoded(message, 10_000);
    }

    private static byte[] encoded(Message message, int most) {
        byte[] bytes = new byte[most];
        return Arrays.copyOf(bytes, message.encode(bytes, 0, bytes.length));
    }
}

package nl.wijkhub.app.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Rejected;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

class AmqpReadingTest {
    private static final byte[] BODY = "{\"fake\":\"é\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void what_a_sender_said_comes_out_as_it_was_said() {
        Message message = ForeignAmqp.with(
                ForeignAmqp.message("application/json; charset=utf-8", BODY),
                Map.of("cloudEvents:time", new Date(0), "cloudEvents:number", 5, "traceparent", "fake"));
        UUID id = new UUID(0, 7);
        message.setMessageId(id);
        message.setSubject("housing/zaken");
        message.setContentEncoding("identity");

        PartnerMessage read = AmqpReading.read(encoded(message));

        assertThat(read.contentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(read.contentEncoding()).isEqualTo("identity");
        assertThat(read.subject()).isEqualTo("housing/zaken");
        assertThat(read.messageId()).isEqualTo(id.toString());
        assertThat(read.properties())
                .containsEntry("cloudEvents:time", new Date(0))
                .containsEntry("cloudEvents:number", 5);
        assertThat(read.property("traceparent")).isEqualTo("fake");
        assertThat(read.property("none")).isNull();
        assertThat(read.body()).isEqualTo(BODY);
    }

    @Test
    void a_message_that_says_nothing_of_itself_has_nothing_of_it() {
        PartnerMessage read = AmqpReading.read(encoded(ForeignAmqp.message(null, BODY)));

        assertThat(read.contentType()).isNull();
        assertThat(read.subject()).isNull();
        assertThat(read.messageId()).isNull();
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
        byte[] bytes = new byte[10_000];
        return Arrays.copyOf(bytes, message.encode(bytes, 0, bytes.length));
    }
}

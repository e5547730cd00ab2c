package nl.wijkhub.app.inbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;

/**
 * The bytes of an AMQP 1.0 message → its parts.
 * Source: AMQP 1.0, part 3.2. In: a bare message with its annotations, as it was sent. Out: data sections one after the
 * other, or a value that is a text or bytes.
 * Rejects: what cannot be decoded or breaks off, a body that is a list, a map or something else, no body.
 */
public final class AmqpReading {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Properties properties = new Properties();
    private Map<String, Object> application = new HashMap<>();
    private boolean hasBody;

    private AmqpReading() {}

    public static PartnerMessage read(byte[] message) {
        AmqpReading reading = new AmqpReading();
        reading.sections(message);
        if (!reading.hasBody) {
            throw Rejected.of(Problem.MALFORMED_INPUT, "", "empty", "Het bericht is leeg.");
        }
        Properties known = reading.properties;
        return new PartnerMessage(
                text(known.getContentType()),
                text(known.getContentEncoding()),
                known.getSubject(),
                text(known.getMessageId()),
                reading.application,
                reading.body.toByteArray());
    }

    private void sections(byte[] message) {
        DecoderImpl decoder = new DecoderImpl();
        AMQPDefinedTypes.registerAllTypes(decoder, new EncoderImpl(decoder));
        ByteBuffer bytes = ByteBuffer.wrap(message);
        decoder.setByteBuffer(bytes);
        while (bytes.hasRemaining()) {
            section(decode(decoder));
        }
    }

    /** Whatever the decoder does with bytes that are no section, they are the sender's. */
    private static Object decode(DecoderImpl decoder) {
        try {
            return decoder.readObject();
        } catch (RuntimeException | StackOverflowError notAmqp) {
            throw Rejected.of(Problem.MALFORMED_INPUT, "", "not-amqp", "Het bericht breekt af of is geen AMQP 1.0.");
        }
    }

    private void section(Object section) {
        if (section instanceof Properties sent) {
            properties = sent;
        } else if (section instanceof ApplicationProperties sent && sent.getValue() != null) {
            application = sent.getValue();
        } else if (section instanceof Data data) {
            add(data.getValue());
        } else if (section instanceof AmqpValue value) {
            value(value.getValue());
        } else if (section instanceof AmqpSequence) {
            notBytes();
        }
    }

    private void value(Object value) {
        if (value instanceof String text) {
            add(new Binary(text.getBytes(StandardCharsets.UTF_8)));
        } else if (value instanceof Binary bytes) {
            add(bytes);
        } else if (value != null) {
            notBytes();
        }
    }

    private void add(Binary bytes) {
        body.write(bytes.getArray(), bytes.getArrayOffset(), bytes.getLength());
        hasBody = true;
    }

    private static void notBytes() {
        throw Rejected.of(Problem.MALFORMED_INPUT, "", "not-bytes", "De inhoud van het bericht is bytes of één tekst.");
    }

    private static String text(Object value) {
        return value == null ? null : String.valueOf(value);
    }
}

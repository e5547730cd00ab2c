package nl.wijkhub.app.inbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import org.apache.qpid.proton.amqp.UnsignedByte;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedShort;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;

/**
 * The bytes of an AMQP 1.0 message → its parts.
 * Source: AMQP 1.0, parts 1.6 and 3.2. In: a bare message with its annotations, as it was sent. Out: data sections one after
 * the other, or a value that is a text or bytes.
 * Rejects: what cannot be decoded or breaks off; a body that is a list, a map or something else; no body; properties that
 * are not simple, or larger than {@value #MOST_PROPERTIES} bytes. Nothing is decoded before it is known to be a text, bytes
 * or a number: an array of a few bytes can ask a decoder for any amount of memory.
 */
public final class AmqpReading {
    private static final int MOST_PROPERTIES = 64 * 1024;

    private static final int PROPERTIES = 0x73;
    private static final int APPLICATION_PROPERTIES = 0x74;
    private static final int DATA = 0x75;
    private static final int SEQUENCE = 0x76;
    private static final int VALUE = 0x77;

    /** Header, annotations and footer: what a broker or a link says, and the hub does not look at. */
    private static final List<Integer> PASSED_OVER = List.of(0x70, 0x71, 0x72, 0x78);

    /** Header and delivery annotations, which each delivery writes anew. */
    private static final List<Integer> OF_THE_BROKER = List.of(0x70, 0x71);

    private static final int NULL = 0x40;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Properties properties = new Properties();
    private final Map<String, Object> application = new HashMap<>();
    private boolean hasBody;

    private AmqpReading() {}

    public static PartnerMessage read(byte[] message) {
        AmqpReading reading = new AmqpReading();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(message);
            while (bytes.hasRemaining()) {
                reading.section(bytes);
            }
        } catch (Rejected refused) {
            throw refused;
        } catch (RuntimeException breaksOff) {
            // whatever the bytes made of reading them, they are the sender's
            throw notAmqp();
        }
        if (!reading.hasBody) {
            throw Rejected.of(Problem.MALFORMED_INPUT, "", "empty");
        }
        Properties known = reading.properties;
        return new PartnerMessage(
                text(known.getContentType()),
                text(known.getContentEncoding()),
                known.getSubject(),
                reading.application,
                reading.body.toByteArray());
    }

    /**
     * What the sender wrote, told apart from every other message: the same whenever a broker delivers it, whatever that broker
     * has counted in the header.
     *
     * @return SHA-256, as hex
     */
    public static String digest(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        int begin = 0;
        try {
            while (bytes.hasRemaining() && OF_THE_BROKER.contains(descriptor(bytes))) {
                skip(bytes, next(bytes));
                begin = bytes.position();
            }
        } catch (RuntimeException breaksOff) {
            // it is the same bytes all the same
            begin = 0;
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(message, begin, message.length - begin);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private void section(ByteBuffer bytes) {
        int begin = bytes.position();
        int code = descriptor(bytes);
        switch (code) {
            case DATA -> bytes(bytes);
            case VALUE -> value(bytes);
            case SEQUENCE -> throw notBytes();
            case PROPERTIES -> properties = (Properties) simple(bytes, begin);
            case APPLICATION_PROPERTIES ->
                ((ApplicationProperties) simple(bytes, begin))
                        .getValue()
                        .forEach((name, value) -> application.put(Objects.requireNonNull(name), plain(value)));
            default -> {
                if (!PASSED_OVER.contains(code)) {
                    throw notAmqp();
                }
                skip(bytes, next(bytes));
            }
        }
    }

    /** Which section begins here; the descriptor of one is a small or a long unsigned number. */
    private static int descriptor(ByteBuffer bytes) {
        if (bytes.get() != 0) {
            throw notAmqp();
        }
        return switch (next(bytes)) {
            case 0x53 -> next(bytes);
            case 0x80 -> Math.toIntExact(bytes.getLong());
            default -> throw notAmqp();
        };
    }

    private void bytes(ByteBuffer bytes) {
        int constructor = next(bytes);
        if (constructor != 0xa0 && constructor != 0xb0) {
            throw notAmqp();
        }
        add(bytes, size(bytes, constructor));
    }

    private void value(ByteBuffer bytes) {
        int constructor = next(bytes);
        switch (constructor) {
            case NULL -> {}
            case 0xa0, 0xb0, 0xa1, 0xb1 -> add(bytes, size(bytes, constructor));
            default -> throw notBytes();
        }
    }

    private void add(ByteBuffer bytes, int length) {
        require(bytes, length);
        body.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
        bytes.position(bytes.position() + length);
        hasBody = true;
    }

    /** A list or map of simple values, decoded once it is known to hold nothing else. */
    private static Object simple(ByteBuffer bytes, int begin) {
        int constructor = next(bytes);
        boolean isEmpty = constructor == 0x45;
        if (!isEmpty && constructor >> 4 != 0xc && constructor >> 4 != 0xd) {
            throw notAmqp();
        }
        int length = isEmpty ? 0 : size(bytes, constructor);
        require(bytes, length);
        if (length > MOST_PROPERTIES) {
            throw new Rejected(Problem.TOO_LARGE);
        }
        int end = bytes.position() + length;
        if (!isEmpty) {
            bytes.position(bytes.position() + (constructor >> 4 == 0xc ? 1 : 4));
        }
        while (bytes.position() < end) {
            int value = next(bytes);
            if (value == 0 || value >> 4 < 0x4 || value >> 4 > 0xb) {
                throw notAmqp();
            }
            skip(bytes, value);
        }
        if (bytes.position() != end) {
            throw notAmqp();
        }
        return decode(ByteBuffer.wrap(bytes.array(), begin, end - begin).slice());
    }

    private static Object decode(ByteBuffer section) {
        DecoderImpl decoder = new DecoderImpl();
        AMQPDefinedTypes.registerAllTypes(decoder, new EncoderImpl(decoder));
        decoder.setByteBuffer(section);
        return decoder.readObject();
    }

    /** Past one value, by the width that its constructor tells. */
    private static void skip(ByteBuffer bytes, int constructor) {
        int length =
                switch (constructor >> 4) {
                    case 0x4 -> 0;
                    case 0x5 -> 1;
                    case 0x6 -> 2;
                    case 0x7 -> 4;
                    case 0x8 -> 8;
                    case 0x9 -> 16;
                    case 0xa, 0xb, 0xc, 0xd -> size(bytes, constructor);
                    default -> throw notAmqp();
                };
        require(bytes, length);
        bytes.position(bytes.position() + length);
    }

    /** Of a variable or compound value: one byte, or four. */
    private static int size(ByteBuffer bytes, int constructor) {
        int size = (constructor >> 4) % 2 == 0 ? next(bytes) : bytes.getInt();
        require(bytes, size);
        return size;
    }

    private static void require(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw notAmqp();
        }
    }

    private static int next(ByteBuffer bytes) {
        return bytes.get() & 0xff;
    }

    /** Numbers and moments as Java has them; what it has no type of its own for as text. */
    private static Object plain(Object value) {
        if (value instanceof UnsignedByte || value instanceof UnsignedShort || value instanceof UnsignedInteger) {
            return ((Number) value).longValue();
        }
        boolean isPlain = value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Float
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Date;
        return isPlain ? value : String.valueOf(value);
    }

    private static Rejected notAmqp() {
        return Rejected.of(Problem.MALFORMED_INPUT, "", "not-amqp");
    }

    private static Rejected notBytes() {
        return Rejected.of(Problem.MALFORMED_INPUT, "", "not-bytes");
    }

    private static String text(Object value) {
        return value == null ? null : String.valueOf(value);
    }
}

package nl.wijkhub.signal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/**
 * Where each signal begins and ends in a message that holds many. Nothing is read yet: what is wrong inside one stays
 * with that one.
 */
final class LineCut {
    /** The answer, a problem for every line at worst, has to fit in memory. */
    static final int MOST_LINES = 10_000;

    /** Finds the ends of events and judges nothing within: each is read strictly by itself. */
    private static final JsonFactory LENIENT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] body;
    private final int longest;
    private final List<Piece> pieces = new ArrayList<>();

    /** One signal among many: its number, and where it stands. */
    private record Piece(int number, int from, int until) {}

    private LineCut(byte[] body, int longest) {
        this.body = body;
        this.longest = longest;
    }

    /**
     * NDJSON: a signal per line. Lines that are empty or blank hold none, and count in the numbers.
     *
     * @param longest bytes of a line; a longer one is refused when it is asked for
     */
    static LineCut lines(byte[] body, int longest) {
        LineCut cut = new LineCut(body, longest);
        int number = 1;
        int from = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at == body.length || body[at] == '\n') {
                if (!cut.isBlank(from, at)) {
                    cut.add(number, from, at);
                }
                number++;
                from = at + 1;
            }
        }
        return cut;
    }

    /** A JSON array: a signal per element. Rejects: bytes that are no JSON array, and nothing else. */
    static LineCut batch(byte[] body) {
        LineCut cut = new LineCut(body, Integer.MAX_VALUE);
        if (body.length > 0 && body[0] == (byte) 0xEF) {
            // a byte order mark; elsewhere in JSON it is refused too
            throw notABatch();
        }
        try (JsonParser parser = LENIENT.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw notABatch();
            }
            int number = 1;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == null) {
                    throw notABatch();
                }
                int from = (int) parser.currentTokenLocation().getByteOffset();
                if (from < 0) {
                    // the parser knows no places in UTF-16 and UTF-32, which it finds out by itself
                    throw notABatch();
                }
                parser.skipChildren();
                // a value that is no object ends where its token ends, which the parser knows once it has read it
                parser.finishToken();
                cut.add(number++, from, (int) parser.currentLocation().getByteOffset());
            }
            if (parser.nextToken() != null) {
                throw notABatch();
            }
            return cut;
        } catch (IOException notJson) {
            // what it reads is in memory: there is nothing else to fail; an unknown encoding is no
            // JsonProcessingException
            throw notABatch();
        }
    }

    private static Rejected notABatch() {
        return Rejected.of(Problem.MALFORMED_INPUT, "", "not-a-batch");
    }

    private void add(int number, int from, int until) {
        if (pieces.size() == MOST_LINES) {
            throw Rejected.of(Problem.TOO_LARGE, "", "too-many-lines.signals", MOST_LINES);
        }
        pieces.add(new Piece(number, from, until));
    }

    private boolean isBlank(int from, int until) {
        for (int at = from; at < until; at++) {
            if (body[at] != ' ' && body[at] != '\t' && body[at] != '\r') {
                return false;
            }
        }
        return true;
    }

    int size() {
        return pieces.size();
    }

    int number(int index) {
        return pieces.get(index).number();
    }

    /** The bytes of one signal. Rejects: more than one message may have. */
    byte[] bytes(int index) {
        Piece piece = pieces.get(index);
        int length = piece.until() - piece.from();
        if (length > longest) {
            throw Rejected.of(Problem.TOO_LARGE, "", "line-too-long", longest);
        }
        byte[] bytes = new byte[length];
        System.arraycopy(body, piece.from(), bytes, 0, length);
        return bytes;
    }
}

package nl.wijkhub.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes of a partner as text. Rejects: what is no UTF-8; nothing is replaced by a question mark. */
public final class Utf8 {
    private Utf8() {}

    /** Rejects: bytes that are no UTF-8. */
    public static String readStrictly(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Rejected.of(Problem.MALFORMED_INPUT, "", "not-utf-8");
        }
    }
}

package nl.wijkhub.kernel;

/**
 * One fault in config/.
 *
 * @param file path below config/, e.g. {@code teams.yaml}
 * @param line 1-based; 0 for the file as a whole
 * @param reason what is wrong and what is expected
 */
public record ConfigFault(String file, int line, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}

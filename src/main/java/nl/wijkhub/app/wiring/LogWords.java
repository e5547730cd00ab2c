package nl.wijkhub.app.wiring;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * Writes the words of a line of the log. Of a failure it tells kinds and places alone: an exception's words may repeat what somebody
 * sent, and so may the words that a library puts before it.
 */
public final class LogWords extends ClassicConverter {
    private static final String OURS = "nl.wijkhub.";

    @Override
    public String convert(ILoggingEvent event) {
        if (event.getThrowableProxy() == null) {
            return event.getFormattedMessage();
        }
        String words = event.getLoggerName().startsWith(OURS) ? event.getFormattedMessage() : "event=library.failed";
        StringBuilder line = new StringBuilder(words);
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append(" cause=").append(cause.getClassName()).append(place(cause));
        }
        return line.toString();
    }

    /** The first place in our own code, else the first of all. */
    private static String place(IThrowableProxy failure) {
        StackTraceElementProxy[] trace = failure.getStackTraceElementProxyArray();
        if (trace == null || trace.length == 0) {
            return "";
        }
        StackTraceElement place = trace[0].getStackTraceElement();
        for (StackTraceElementProxy step : trace) {
            if (step.getStackTraceElement().getClassName().startsWith(OURS)) {
                place = step.getStackTraceElement();
                break;
            }
        }
        return "@" + place.getFileName() + ":" + place.getLineNumber();
    }
}

package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a hub's time goes: a Flight Recorder file of it, read into collapsed stacks and a flame graph. */
final class Profile {
    private static final int MOST_FRAMES = 90;

    private final Path recording;

    Profile(Path recording) {
        this.recording = recording;
    }

    /** With these its process records; the file is written when it ends. */
    List<String> jvmOptions() {
        return List.of("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
    }

    /** Samples per stack, outermost frame first, of what ran Java code between two moments. */
    Map<String, Long> stacks(Instant from, Instant until) throws IOException {
        Map<String, Long> stacks = new TreeMap<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")
                        && event.getStackTrace() != null
                        && event.getStartTime().isAfter(from)
                        && event.getStartTime().isBefore(until)) {
                    stacks.merge(stack(event), 1L, Long::sum);
                }
            }
        }
        return stacks;
    }

    private static String stack(RecordedEvent event) {
        List<String> frames = new ArrayList<>();
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            if (frames.size() < MOST_FRAMES) {
                var method = frame.getMethod();
                frames.add(method.getType().getName() + '.' + method.getName());
            }
        }
        String thread = event.getThread("sampledThread") == null
                ? "unknown"
                : String.valueOf(event.getThread("sampledThread").getJavaName());
        frames.add(thread.replaceAll("[0-9]+", "N").replace(';', ','));
        Collections.reverse(frames);
        return String.join(";", frames);
    }

    /** Writes {@code profile.collapsed}, which flame graph tools read, and {@code profile.svg} beside it. */
    static void write(Map<String, Long> stacks, Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        stacks.forEach((stack, samples) -> lines.add(stack + ' ' + samples));
        Files.write(folder.resolve("profile.collapsed"), lines);
        Files.writeString(folder.resolve("profile.svg"), new FlameGraph(stacks).svg());
    }
}

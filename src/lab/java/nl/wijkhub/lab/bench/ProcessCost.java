package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import nl.wijkhub.lab.embedded.LiveFiles;

/** What a process and its children cost, as the kernel counts it: /proc and the data folder. */
final class ProcessCost {
    /** USER_HZ of Linux on every machine this runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final long SETTLED_BYTES = 32L * 1024 * 1024;

    private ProcessCost() {}

    /** CPU seconds of a process, its children and their ended children, since their start. */
    static double cpuSeconds(long pid) {
        long ticks = LongStream.concat(
                        LongStream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .mapToLong(ProcessHandle::pid))
                .map(process -> ticks(process, 4))
                .sum();
        return ticks / TICKS_PER_SECOND;
    }

    /** CPU seconds of a process alone, since its start. */
    static double ownCpuSeconds(long pid) {
        return ticks(pid, 2) / TICKS_PER_SECOND;
    }

    /** The first so many of utime, stime, cutime and cstime; the name before them may hold spaces. */
    private static long ticks(long pid, int fieldCount) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Stream.of(fields)
                    .skip(11)
                    .limit(fieldCount)
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** CPU seconds of everything on the machine, since it started; neither idle nor waiting for a disk. */
    static double machineSeconds() throws IOException {
        String[] fields =
                Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
        // user nice system, then idle and iowait, then irq softirq steal
        long ticks = 0;
        for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** The most bytes of memory the process ever held. */
    static long residentPeakBytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /**
     * Waits until what was written stands on the disk: a machine that was just saturated writes on for a while.
     *
     * @param mostSeconds after which it is as it is
     */
    static void settleDisk(int mostSeconds) throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
        for (int i = 0; i < mostSeconds && unwrittenBytes() > SETTLED_BYTES; i++) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static long unwrittenBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("Dirty:") || line.startsWith("Writeback:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        }
    }

    /** Bytes of all files below a folder. */
    static long folderBytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : LiveFiles.below(folder)) {
            bytes += size(file);
        }
        return bytes;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }
}

package org.grotto.base;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary names of outputs, {@code .NAME.part-HOST-PID} or {@code .NAME.part-HOST-PID-JOB}, and what killed processes left under them: no shutdown hook
 * outlives kill -9 or a power cut, so the next run that writes to the same place clears up. The host stands in the name
 * because a folder may be shared by machines, or containers, whose process numbers mean nothing here.
 */
final class Leftovers {
    /** The system's clock may be set between the start of a process and a file's time. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private static final String HOST = String.format("%08x", hostName().hashCode());

    private Leftovers() {}

    /** The name under which {@code job} writes what will be {@code name}. */
    static String temporaryName(String name, Job job) {
        String ours = temporaryName(name, ProcessHandle.current().pid());
        return job.number == 0 ? ours : ours + "-" + job.number;
    }

    static String temporaryName(String name, long pid) {
        return "." + name + ".part-" + HOST + "-" + pid;
    }

    /**
     * Deletes what dead processes of this machine and user left beside {@code name} in {@code folder}; anything that is in
     * doubt, or cannot be deleted, stays.
     */
    static void sweep(Path folder, String name) {
        sweep(
                folder,
                Pattern.compile(
                        Pattern.quote("." + name + ".part-" + HOST + "-") + "([1-9][0-9]{0,17})(-[0-9]{1,10})?"));
    }

    /** How the names of temporary folders called {@code name} begin; a number of their own follows. */
    static String scratchName(String name) {
        return name + "-" + HOST + "-" + ProcessHandle.current().pid() + "-";
    }

    /** Deletes the temporary folders called {@code name} that dead processes of this machine and user left in {@code folder}. */
    static void sweepScratch(Path folder, String name) {
        sweep(folder, Pattern.compile(Pattern.quote(name + "-" + HOST + "-") + "([1-9][0-9]{0,17})-[0-9]+"));
    }

    /** @param ours what names match, the first group of which is the process that wrote it */
    private static void sweep(Path folder, Pattern ours) {
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(folder, p -> ours.matcher(named(p)).matches())) {
            for (Path p : all) {
                Matcher m = ours.matcher(named(p));
                if (m.matches() && ours(p) && !lives(Long.parseLong(m.group(1)), p)) {
                    Outputs.deleteTree(p);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException | UnsupportedOperationException e) {
            // a leftover that cannot be judged or deleted is no reason to fail
        }
    }

    private static String named(Path p) {
        return String.valueOf(p.getFileName());
    }

    /** The process that wrote {@code p} still runs: one of that number does, and it is older than what it wrote. */
    private static boolean lives(long pid, Path p) throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            return true;
        }
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null || !process.isAlive()) {
            return false;
        }
        FileTime written = Files.getLastModifiedTime(p, LinkOption.NOFOLLOW_LINKS);
        Instant started = process.info().startInstant().orElse(Instant.MIN);
        return started.isBefore(written.toInstant().plus(SLACK));
    }

    private static boolean ours(Path p) throws IOException {
        UserPrincipal me = p.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        return Files.getOwner(p, LinkOption.NOFOLLOW_LINKS).equals(me);
    }

    private static String hostName() {
        for (String file : new String[] {"/proc/sys/kernel/hostname", "/etc/hostname"}) {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                // not this kind of system
            }
        }
        return String.valueOf(System.getenv("COMPUTERNAME"));
    }
}

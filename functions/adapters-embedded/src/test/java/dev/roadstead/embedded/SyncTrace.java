package dev.roadstead.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Follows a process's system calls, as strace wrote them down, and knows at every moment what a
 * power loss could still take: files written and folders changed since they were last synced.
 */
final class SyncTrace {
  /** What strace is to write down. */
  static final String CALLS =
      "openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,"
          + "write,pwrite64,writev,pwritev,ftruncate,copy_file_range,sendfile,fsync,fdatasync";

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern UNFINISHED = Pattern.compile("(.*) <unfinished \\.\\.\\.>");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+).*");
  private static final Pattern DESCRIPTOR = Pattern.compile("\\d+<([^>]*)>.*");
  private static final Pattern PATHS = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern ACK = Pattern.compile("1<[^>]*>, \"ack ([^\"\\\\]*)\\\\n\".*");

  /** What the process acknowledged, and what was not on disk when it did. */
  record Acknowledged(String name, Set<String> notOnDisk, int syncs) {}

  private final Path root;
  private final Map<String, String> unfinished = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> dirty = new TreeSet<>();
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private int syncs;

  private SyncTrace(Path root) {
    this.root = root;
  }

  static List<Acknowledged> read(List<String> lines, Path root) {
    var trace = new SyncTrace(root);
    lines.forEach(trace::line);
    return trace.acknowledged;
  }

  private void line(String line) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      return;
    }
    var thread = parts.group(1);
    var text = parts.group(2);
    var begun = UNFINISHED.matcher(text);
    var resumed = RESUMED.matcher(text);
    if (begun.matches()) {
      unfinished.put(thread, begun.group(1));
    } else if (resumed.matches()) {
      complete(unfinished.getOrDefault(thread, "") + resumed.group(1));
    } else {
      complete(text);
    }
  }

  private void complete(String text) {
    var call = CALL.matcher(text);
    if (call.matches() && !call.group(3).startsWith("-")) {
      happened(call.group(1), call.group(2));
    }
  }

  private void happened(String call, String arguments) {
    switch (call) {
      case "openat", "creat" -> opened(arguments);
      case "mkdir", "mkdirat" -> paths(arguments).forEach(this::changeParent);
      case "unlink", "unlinkat", "rmdir" -> paths(arguments).forEach(this::removed);
      case "link", "linkat" -> changeParent(paths(arguments).getLast());
      case "rename", "renameat", "renameat2" ->
          renamed(paths(arguments).getFirst(), paths(arguments).getLast());
      case "fsync", "fdatasync" -> synced(arguments);
      default -> written(arguments);
    }
  }

  private void opened(String arguments) {
    var path = paths(arguments).getFirst();
    if (arguments.contains("O_CREAT") && seen.add(path)) {
      changeParent(path);
    }
  }

  private void removed(String path) {
    dirty.remove(path);
    seen.remove(path);
    changeParent(path);
  }

  private void renamed(String from, String to) {
    for (var path : List.copyOf(dirty)) {
      if (path.equals(from) || path.startsWith(from + "/")) {
        dirty.remove(path);
        markDirty(to + path.substring(from.length()));
      }
    }
    seen.add(to);
    removed(from);
    changeParent(to);
  }

  private void synced(String arguments) {
    var path = descriptor(arguments);
    if (path.startsWith(root.toString())) {
      syncs++;
    }
    dirty.remove(path);
  }

  private void written(String arguments) {
    Matcher ack = ACK.matcher(arguments);
    if (ack.matches()) {
      var lost = dirty.stream().filter(this::mustSurvive).collect(Collectors.toSet());
      acknowledged.add(new Acknowledged(ack.group(1), lost, syncs));
      syncs = 0;
    } else {
      markDirty(descriptor(arguments));
    }
  }

  private void changeParent(String path) {
    markDirty(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
  }

  private void markDirty(String path) {
    if (path.startsWith(root.toString())) {
      dirty.add(path);
    }
  }

  /** What still lies in tmp/ when an acknowledgement leaves may be lost, and locks may. */
  private boolean mustSurvive(String path) {
    return !path.startsWith(root.resolve("tmp").toString())
        && !path.equals(root.resolve("lock").toString())
        && !path.endsWith("-shm");
  }

  private static List<String> paths(String arguments) {
    return PATHS.matcher(arguments).results().map(found -> found.group(1)).toList();
  }

  private static String descriptor(String arguments) {
    var descriptor = DESCRIPTOR.matcher(arguments);
    return descriptor.matches() ? descriptor.group(1) : "";
  }
}

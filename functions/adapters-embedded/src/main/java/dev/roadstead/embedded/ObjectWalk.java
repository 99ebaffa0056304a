package dev.roadstead.embedded;

import dev.roadstead.store.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Walks all objects, folder by folder: an object comes before those below it, and names of one
 * folder come in their order. So a walk can go on behind any key, be the object there still or not.
 */
final class ObjectWalk {
  private final Path root;
  private final int limit;
  private final List<ObjectKey> found = new ArrayList<>();

  /** A walk that ends once it has found so many. */
  ObjectWalk(Path root, int limit) {
    this.root = root;
    this.limit = limit;
  }

  /** The keys behind this one, in order. */
  List<ObjectKey> after(Optional<ObjectKey> key) throws IOException {
    walk(root, "", key.map(ObjectWalk::components).orElse(List.of()));
    return found;
  }

  /** The keys below a parent and behind this one, which is below it too, in order. */
  List<ObjectKey> below(ObjectKey parent, Optional<ObjectKey> key) throws IOException {
    int depth = components(parent).size();
    var behind = key.map(ObjectWalk::components).map(all -> all.subList(depth, all.size()));
    walk(root.resolve(parent.text()), parent + "/", behind.orElse(List.of()));
    return found;
  }

  private static List<String> components(ObjectKey key) {
    return List.of(key.text().split("/", -1));
  }

  /**
   * Visits one folder.
   *
   * @param above what the keys in it begin with
   * @param behind the rest of the key to go on behind, as far as it lies in this folder
   */
  private void walk(Path folder, String above, List<String> behind) throws IOException {
    var first = behind.isEmpty() ? "" : behind.getFirst();
    for (var name : names(folder)) {
      if (found.size() >= limit) {
        return;
      }
      if (name.compareTo(first) < 0) {
        continue;
      }
      boolean wasSeen = name.equals(first);
      if (!wasSeen && isObject(folder, name)) {
        found.add(new ObjectKey(above + name));
      }
      var below = wasSeen ? behind.subList(1, behind.size()) : List.<String>of();
      walk(folder.resolve(name), above + name + "/", below);
    }
  }

  private static boolean isObject(Path folder, String name) {
    return Files.exists(folder.resolve(name + ObjectFiles.OBJECT))
        || Files.exists(folder.resolve(name + ObjectFiles.REPLACED));
  }

  private static SortedSet<String> names(Path folder) throws IOException {
    var names = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        int suffix = name.indexOf('.');
        names.add(suffix < 0 ? name : name.substring(0, suffix));
      }
    } catch (NoSuchFileException | NotDirectoryException nothingBelow) {
      return names;
    }
    return names;
  }
}

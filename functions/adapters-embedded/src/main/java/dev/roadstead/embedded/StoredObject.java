package dev.roadstead.embedded;

import dev.roadstead.embedded.ObjectContents.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * An object that is open for reading: its bytes stay readable until it is closed, even when it is
 * deleted or replaced meanwhile. For one thread.
 */
public final class StoredObject implements AutoCloseable {
  /** The most that is read in one step, for the reason given in {@link FileStaging}. */
  private static final int MAX_STEP_BYTES = 256 * 1024;

  private final ObjectContents contents;
  private final Optional<OpenFolders.Lease> folder;
  private Piece piece;
  private FileChannel channel;
  private boolean closed;

  /**
   * An object of this content.
   *
   * @param first the first piece, open
   * @param folder where to open the others, if there are any
   */
  StoredObject(ObjectContents contents, FileChannel first, Optional<OpenFolders.Lease> folder) {
    this.contents = contents;
    this.folder = folder;
    this.piece = contents.pieces().firstEntry().getValue();
    this.channel = first;
  }

  /** How many bytes it has. */
  public long sizeBytes() {
    return contents.sizeBytes();
  }

  /**
   * Reads some bytes from this position on, at most what the buffer takes.
   *
   * @return how many bytes were read; -1 at the end of the object
   */
  public int read(ByteBuffer target, long position) throws IOException {
    if (position >= sizeBytes()) {
      return -1;
    }
    goTo(position);
    int length = Math.min(target.remaining(), MAX_STEP_BYTES);
    int read = channel.read(target.slice(target.position(), length), position - piece.startsAt());
    target.position(target.position() + Math.max(0, read));
    return read;
  }

  /**
   * Hands bytes on without taking them through this process where the system can.
   *
   * @param length at most this many, fewer at the end of the object
   * @return how many were handed on; fewer than there are only when the target takes no more
   */
  public long transferTo(long offset, long length, WritableByteChannel target) throws IOException {
    long end = Math.min(sizeBytes(), offset + length);
    long position = offset;
    while (position < end) {
      goTo(position);
      long wanted = Math.min(end, piece.endsAt()) - position;
      long taken = channel.transferTo(position - piece.startsAt(), wanted, target);
      if (taken == 0) {
        break;
      }
      position += taken;
    }
    return position - offset;
  }

  private void goTo(long position) throws IOException {
    var wanted = contents.pieces().floorEntry(position).getValue();
    if (!wanted.equals(piece)) {
      var next = folder.orElseThrow().open(wanted.file().getFileName().toString());
      channel.close();
      channel = next;
      piece = wanted;
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    channel.close();
    if (folder.isPresent()) {
      folder.get().leave();
    }
  }
}

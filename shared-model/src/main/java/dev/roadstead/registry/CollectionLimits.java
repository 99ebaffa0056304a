package dev.roadstead.registry;

/**
 * How much the collector may condemn on one day (UTC): a share of the blobs, but within bounds.
 *
 * @param percent of the blobs that the registry has
 * @param least what is always allowed, so that small registries are not stopped by little
 * @param most what is never exceeded
 */
public record CollectionLimits(int percent, long least, long most) {
  /** 5 percent, but 100 objects at least and 10,000 at most. */
  public static final CollectionLimits DEFAULTS = new CollectionLimits(5, 100, 10_000);

  /** Refuses limits that contradict each other with {@link IllegalArgumentException}. */
  public CollectionLimits {
    if (percent < 0 || percent > 100 || least < 0 || most < least) {
      throw new IllegalArgumentException(
          "no limits: %d percent, %d to %d objects".formatted(percent, least, most));
    }
  }

  /** Always this many. */
  public static CollectionLimits exactly(long objects) {
    return new CollectionLimits(0, objects, objects);
  }

  /** How many objects a day, of a registry with this many blobs. */
  public long of(long blobs) {
    return Math.clamp(blobs / 100 * percent + blobs % 100 * percent / 100, least, most);
  }

  /** With more blobs than this the answer is the same. */
  public long enoughBlobs() {
    return percent == 0 ? 0 : most * 100 / percent + 1;
  }
}

package dev.roadstead.registry.collect;

/**
 * What one run of the collector did, or would have done.
 *
 * @param reviewed candidates looked at
 * @param needed candidates that something needs
 * @param condemned objects that were taken from the registry; they wait in the trash
 * @param purged objects that were deleted for good
 * @param steps steps towards the end of something, those two included
 * @param overtaken candidates that changed between the look and the step; somebody was faster
 * @param failed candidates that a store's failure stopped at; they are tried again later
 * @param more whether there was more to do than one run does
 * @param stopped whether the collector stands still because it would have condemned too much
 */
public record Report(
    long reviewed,
    long needed,
    long condemned,
    long condemnedBytes,
    long purged,
    long purgedBytes,
    long steps,
    long overtaken,
    long failed,
    boolean more,
    boolean stopped) {}

package dev.roadstead.store;

/** What a read may miss. */
public enum Consistency {
  /** Sees every write that was answered before the read began. */
  STRONG,
  /** May see an older state; half the price on DynamoDB, right for what never changes. */
  EVENTUAL
}

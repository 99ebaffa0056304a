package dev.roadstead.route;

/** What a caller wants to do, as rights are given for it. */
public enum Action {
  /** See that this is a registry. */
  PING,
  /** Show who one is, and get a token for it. */
  SIGN_IN,
  /** Read the names of repositories. */
  LIST_REPOSITORIES,
  /** Read manifests, blobs, tags and referrers. */
  PULL,
  /** Upload blobs, store manifests, move tags. */
  PUSH,
  /** Remove manifests, tags and blobs. */
  DELETE,
  /** Look after the registry itself: its accounts, its rights, its storage. */
  ADMINISTER
}

package dev.roadstead.store;

/** What every blob store must do. An implementation's test extends it and opens an empty store. */
public abstract class BlobStoreContract
    implements ObjectContract, MultipartContract, ObjectScanContract {}

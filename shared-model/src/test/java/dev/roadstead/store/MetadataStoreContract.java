package dev.roadstead.store;

/** What every metadata store must do. An interpreter's test extends it and opens an empty store. */
public abstract class MetadataStoreContract
    implements WriteContract, QueryContract, DueContract, TransactionContract, ScanContract {}

package dev.roadstead.registry;

import java.util.UUID;

/**
 * What somebody was refused, with the identity that it has wherever it is told of: in a log first,
 * in the audit log later, and perhaps more than once.
 */
public record Refusal(UUID id, AuditEntry entry) {}

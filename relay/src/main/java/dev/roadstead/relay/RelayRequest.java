package dev.roadstead.relay;

import dev.roadstead.route.Address;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Authenticator.Visitor;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upload request whose body is still on its way.
 *
 * @param digest the query parameter of that name, not yet checked
 * @param contentRange the header of that name, not yet checked
 * @param bodyBytes the length the client announced, if it did
 * @param body ends only where the client's body ends; one that breaks off throws
 */
public record RelayRequest(
    Operation operation,
    Address address,
    Optional<String> digest,
    Optional<String> contentRange,
    OptionalLong bodyBytes,
    ReadableByteChannel body,
    Visitor visitor) {}

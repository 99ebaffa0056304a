/**
 * The endpoint table, the paths, and the edge rules that send a request to a function, to the
 * object store or to the relay.
 */
@NullMarked
package dev.roadstead.route;

import org.jspecify.annotations.NullMarked;

/**
 * Online collection: finds candidates in the sparse index, judges each, and takes what nothing
 * needs any more one step nearer to its end. Safe at any time beside anything else.
 */
@NullMarked
package dev.roadstead.registry.collect;

import org.jspecify.annotations.NullMarked;

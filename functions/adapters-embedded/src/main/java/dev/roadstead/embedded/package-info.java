/**
 * Both stores on one machine: metadata in SQLite, bytes in files, all in one data folder that one
 * process holds. What a store has answered survives {@code kill -9} and power loss.
 */
@NullMarked
package dev.roadstead.embedded;

import org.jspecify.annotations.NullMarked;

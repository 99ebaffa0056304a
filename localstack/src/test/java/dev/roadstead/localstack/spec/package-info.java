/**
 * The distribution specification 1.1.1, requirement by requirement, over HTTP against a whole
 * registry; and what bad input gets.
 *
 * <p>A class per section of the specification, a test per requirement that binds a registry. Each
 * test says in its {@link Requirement} which one it is, in words of our own. Tests of bad input
 * follow no single requirement and have none.
 */
@NullMarked
package dev.roadstead.localstack.spec;

import org.jspecify.annotations.NullMarked;

/** Pure decisions: who may do what, what a manifest must be. */
@NullMarked
package dev.roadstead.rule;

import org.jspecify.annotations.NullMarked;

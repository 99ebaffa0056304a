/** What an operator is told without asking. */
@NullMarked
package dev.roadstead.infra.watch;

import org.jspecify.annotations.NullMarked;

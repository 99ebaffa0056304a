/** The installation in an AWS account, as stacks. */
@NullMarked
package dev.roadstead.infra;

import org.jspecify.annotations.NullMarked;

/**
 * The endpoints as AWS Lambda functions: events in and out, how a function is put together, and
 * what it does before and after a snapshot. The only place that knows Spring.
 */
@NullMarked
package dev.roadstead.lambda;

import org.jspecify.annotations.NullMarked;

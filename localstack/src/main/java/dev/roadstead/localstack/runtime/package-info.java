/**
 * What AWS Lambda does for functions, on one machine: processes under its Java runtime client, one
 * request at a time in each, as many as there is work for. Knows events as bytes and nothing else.
 */
@NullMarked
package dev.roadstead.localstack.runtime;

import org.jspecify.annotations.NullMarked;

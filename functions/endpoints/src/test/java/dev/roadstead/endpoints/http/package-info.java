@NullMarked
package dev.roadstead.endpoints.http;

import org.jspecify.annotations.NullMarked;

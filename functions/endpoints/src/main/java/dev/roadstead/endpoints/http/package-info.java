/** What every endpoint is made of: the request, the contract, and the guard around it. */
@NullMarked
package dev.roadstead.endpoints.http;

import org.jspecify.annotations.NullMarked;

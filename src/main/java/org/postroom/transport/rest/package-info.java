/**
 * What the adapters that speak HTTP share: how a call's answer becomes stages, meanings and
 * outcomes.
 */
@NullMarked
package org.postroom.transport.rest;

import org.jspecify.annotations.NullMarked;

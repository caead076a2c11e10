package io.allo.sip.registrar;

import io.allo.sip.flow.Flow;

/** How a registration came in: over which flow, and whether the contact is to be replaced by where that comes from ({@code rewrite_contact}). */
public record Reception(Flow flow, boolean rewriteContact) {}

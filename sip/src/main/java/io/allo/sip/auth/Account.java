package io.allo.sip.auth;

/** Who we are to a server that challenges us: a user name and what gives its hash. */
public record Account(String username, DigestSecret secret) {}

package io.allo.sip.locate;

import java.util.List;

/** What a {@link ServerLocator} wants or has found. */
public sealed interface LocateEvent {
    /** Put this question to the DNS and give the answer to {@link ServerLocator#answer}. */
    record AskDns(DnsQuestion question) implements LocateEvent {}

    /** The servers, best first, at least one; the lookup has ended. */
    record Located(List<ServerAddress> servers) implements LocateEvent {}

    /** No server: the reason in words for a log; the lookup has ended. */
    record NotLocated(String reason) implements LocateEvent {}
}

package io.allo.gate.cli;

import java.time.Instant;
import java.util.List;

/** What is said about certificates, and done with them. Any thread. */
final class CertificateCommands {

    private final CliDesk desk;

    CertificateCommands(CliDesk desk) {
        this.desk = desk;
    }

    void show(List<String> arguments, Reply reply) {
        var now = Instant.ofEpochMilli(desk.nowMillis());
        for (var status : desk.certificates().all()) {
            CertificateLines.of(status, now, reply.language()).forEach(reply::line);
        }
        desk.certificates().troubles().forEach(reply::line);
        if (desk.certificates().all().isEmpty()) {
            reply.line("no transport uses a certificate", "aucun transport n'utilise de certificat");
        }
    }

    /** With {@code ca}, of a new authority; with {@code acme}, the one of the ACME authority. */
    void renew(List<String> arguments, Reply reply) {
        var done = arguments.contains("acme") ? desk.askAcme() : desk.renewCertificates(arguments.contains("ca"));
        done.ifPresentOrElse(why -> reply.fail("not renewed: " + why, "non renouvelé : " + why), () -> {
            reply.line(
                    "allo's own certificate was renewed; new connections see it",
                    "le certificat d'allo a été renouvelé ; les nouvelles connexions le voient");
            show(arguments, reply);
        });
    }

    void reread(List<String> arguments, Reply reply) {
        var wrong = desk.rereadCertificates();
        wrong.forEach(why -> reply.fail(why, why));
        if (wrong.isEmpty()) {
            reply.line("the certificates were read again", "les certificats ont été relus");
        }
    }
}

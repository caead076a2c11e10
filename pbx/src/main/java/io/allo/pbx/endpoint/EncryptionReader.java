package io.allo.pbx.endpoint;

import io.allo.media.sdes.MediaEncryption;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.Map;

/** Reads {@code media_encryption} and {@code media_encryption_optimistic}; encryption is preferred where the file says nothing. */
final class EncryptionReader {

    private enum Written {
        NO,
        SDES,
        DTLS
    }

    private EncryptionReader() {}

    static MediaEncryption read(SectionReader reader) {
        var optimistic = reader.yesNo("media_encryption_optimistic", false);
        var written = reader.optional(
                "media_encryption",
                OptionType.oneOf(Map.of("no", Written.NO, "sdes", Written.SDES, "dtls", Written.DTLS)));
        if (written.isEmpty()) {
            return MediaEncryption.PREFERRED;
        }
        return switch (written.get()) {
            case NO -> MediaEncryption.NO;
            case SDES -> optimistic ? MediaEncryption.SDES_OPTIMISTIC : MediaEncryption.SDES;
            case DTLS -> withoutDtls(reader);
        };
    }

    /** Never plain where the file asks for encryption: keys in SDP stand in. */
    private static MediaEncryption withoutDtls(SectionReader reader) {
        reader.entry("media_encryption")
                .ifPresent(entry -> reader.problem(
                        ConfProblem.Severity.WARNING,
                        entry,
                        "dtls-not-yet",
                        new Text(
                                "media_encryption=dtls: allo has no DTLS-SRTP yet, so phones that offer nothing else are refused;"
                                        + " calls of this endpoint are encrypted with SDES keys, never plain",
                                "media_encryption=dtls : allo n'a pas encore DTLS-SRTP, donc les téléphones qui ne proposent"
                                        + " rien d'autre sont refusés ; les appels de ce poste sont chiffrés par clés SDES,"
                                        + " jamais en clair"),
                        new Text("write media_encryption=sdes", "écrivez media_encryption=sdes")));
        return MediaEncryption.SDES;
    }
}

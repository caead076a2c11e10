package io.allo.pbx.endpoint;

import io.allo.media.dtls.DtlsSetup;
import io.allo.media.sdes.MediaEncryption;
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

    private static final Map<String, DtlsSetup> SETUPS =
            Map.of("actpass", DtlsSetup.ACTPASS, "active", DtlsSetup.ACTIVE, "passive", DtlsSetup.PASSIVE);

    private static final Text CHECKED = new Text(
            "the phone's certificate is always compared with the fingerprint in its SDP, and needs nobody's signature",
            "le certificat du téléphone est toujours comparé à l'empreinte de son SDP, et n'a besoin d'aucune signature");

    private static final Text STRONG = new Text(
            "allo announces SHA-256 and takes suites with forward secrecy only",
            "allo annonce SHA-256 et n'accepte que des suites à confidentialité persistante");

    private static final Text NOT_REKEYED = new Text(
            "keys last as long as the call; a new certificate in a re-INVITE makes new ones",
            "les clés durent autant que l'appel ; un nouveau certificat dans un re-INVITE en crée d'autres");

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
            case DTLS -> optimistic ? MediaEncryption.DTLS_OPTIMISTIC : MediaEncryption.DTLS;
        };
    }

    /** The certificate of its handshakes and who begins them; what can't be turned off safely is said to have no effect. */
    static EndpointSettings.Dtls dtls(SectionReader reader) {
        var certificate = reader.text("dtls_cert_file", "");
        var settings = new EndpointSettings.Dtls(
                certificate,
                reader.text("dtls_private_key", certificate),
                reader.value("dtls_setup", OptionType.oneOf(SETUPS), DtlsSetup.ACTPASS));
        reader.yesNo("dtls_auto_generate_cert", true);
        reader.inert("dtls_verify", CHECKED);
        reader.inert("dtls_ca_file", CHECKED);
        reader.inert("dtls_ca_path", CHECKED);
        reader.inert("dtls_fingerprint", STRONG);
        reader.inert("dtls_cipher", STRONG);
        reader.inert("dtls_rekey", NOT_REKEYED);
        return settings;
    }
}

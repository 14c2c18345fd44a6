package io.sitemonitor.alert.email;

import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.List;

/** A part of a mail as a mail client reads it: what it is, and its text with line feeds. */
record MailParts(String type, String encoding, String content) {

    /** The parts of a mail, of which each can be shown in place of the others; one if it has no parts. */
    static List<MailParts> of(MimeMessage mail) throws Exception {
        if (!(mail.getContent() instanceof MimeMultipart parts)) {
            return List.of(new MailParts(mail.getContentType(), mail.getEncoding(), text(mail.getContent())));
        }
        List<MailParts> read = new ArrayList<>();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            read.add(new MailParts(
                    part.getContentType(), part.getHeader("Content-Transfer-Encoding")[0], text(part.getContent())));
        }
        return read;
    }

    private static String text(Object content) {
        return content.toString().replace("\r\n", "\n");
    }
}

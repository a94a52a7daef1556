package emr.identity;

import com.nimbusds.jose.util.X509CertUtils;
import emr.exchange.seal.Thumbprint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A certificate that a hospital has, or had: rows are added and never changed. */
@Entity
@Table(name = "hospital_certificate")
@NamedQuery(
    name = RegisteredCertificate.ALL,
    query = "select c from RegisteredCertificate c order by c.registeredAt")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class RegisteredCertificate {

  /** Oldest first. */
  static final String ALL = "RegisteredCertificate.all";

  @Id
  @Column(updatable = false)
  private String thumbprint;

  @Column(nullable = false, updatable = false)
  private short hospital;

  @Column(nullable = false, updatable = false)
  private byte[] certificate;

  @Column(name = "registered_at", nullable = false, updatable = false)
  private OffsetDateTime registeredAt;

  @Column(name = "registered_by", nullable = false, updatable = false)
  private String registeredBy;

  @Column(name = "before_until", updatable = false)
  private @Nullable OffsetDateTime beforeUntil;

  protected RegisteredCertificate() {}

  /**
   * @param beforeUntil until when the certificate before it is accepted beside it; null for not at
   *     all
   */
  RegisteredCertificate(
      short hospital,
      X509Certificate certificate,
      String registeredBy,
      @Nullable Instant beforeUntil) {
    this.beforeUntil = beforeUntil == null ? null : beforeUntil.atOffset(ZoneOffset.UTC);
    this.thumbprint = Thumbprint.of(certificate);
    this.hospital = hospital;
    this.registeredAt = OffsetDateTime.now(ZoneOffset.UTC);
    this.registeredBy = registeredBy;
    try {
      this.certificate = certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate that cannot be written", e);
    }
  }

  /** Until when the certificate before it is accepted beside it; the past if not at all. */
  Instant beforeUntil() {
    return beforeUntil == null ? Instant.MIN : beforeUntil.toInstant();
  }

  String thumbprint() {
    return thumbprint;
  }

  short hospital() {
    return hospital;
  }

  X509Certificate certificate() {
    return X509CertUtils.parse(certificate);
  }
}

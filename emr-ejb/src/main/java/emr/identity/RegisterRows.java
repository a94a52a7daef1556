package emr.identity;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the registers that {@link Hospitals} and {@link Partners} know by heart. An EJB, so
 * that its persistence unit is its own module's, whoever calls; and apart from them, because
 * calling an EJB costs every request more than what it asks them.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
@SuppressWarnings("NullAway.Init") // the container injects
public class RegisterRows {

  @PersistenceContext EntityManager rows;

  /**
   * @param query a named one
   */
  public <T> List<T> all(String query, Class<T> type) {
    return rows.createNamedQuery(query, type).getResultList();
  }

  /** The row of that key, which follows what is done to it until the transaction ends. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public <T> @Nullable T find(Class<T> type, Object key) {
    return rows.find(type, key);
  }

  /** The row of that key as the database has it now, for looking at only. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public <T> @Nullable T current(Class<T> type, Object key) {
    return rows.find(type, key);
  }

  /** Adds a row at once, so that it has what the database gives it. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public void add(Object row) {
    rows.persist(row);
    rows.flush();
  }
}

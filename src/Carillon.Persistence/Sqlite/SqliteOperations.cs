using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Reads the minutes and hours of operations from the file.</summary>
internal sealed class SqliteOperations(SqliteReader reader, StatementWatch watch) : IOperationStore
{
    /// <inheritdoc/>
    public Task ReadAsync(OperationRange range, Action<OperationRollup> read, CancellationToken cancellationToken)
    {
        return watch.RunAsync("read_operation", () => reader.ReadAsync(
            session =>
            {
                session.Each(
                    """
                    SELECT labels_id, start_at, state FROM operation_rollup
                    WHERE name = ?1 AND span = ?2 AND start_at >= ?3 AND start_at < ?4
                    """,
                    row => read(new OperationRollup(
                        range.Name, SqliteRows.Uuid(row, 0), range.Span, SqliteRows.Time(row, 1), row.GetFieldValue<byte[]>(2))),
                    range.Name,
                    (int)range.Span,
                    range.From,
                    range.To);
                return true;
            },
            cancellationToken));
    }
}

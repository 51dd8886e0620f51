using Carillon.Scheduling;

namespace Carillon.Persistence;

internal sealed class PostgreSqlQueries(PostgreSqlConnections connections)
{
    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken) => throw new NotSupportedException(connections.Schema + query.JobId);
    public Task<Execution?> FindAsync(Guid executionId, CancellationToken cancellationToken) => throw new NotSupportedException(connections.Schema + executionId);
}

using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Reads what is recorded of operations in the past. Implemented once per store.</summary>
public interface IOperationStore
{
    /// <summary>Hands over minutes or hours, in no particular order.</summary>
    /// <param name="range">Which.</param>
    /// <param name="read">Gets each one; on another thread, one at a time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ReadAsync(OperationRange range, Action<OperationRollup> read, CancellationToken cancellationToken);
}

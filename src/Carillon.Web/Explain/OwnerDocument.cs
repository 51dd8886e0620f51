namespace Carillon.Web;

/// <summary>Who looks after a job now.</summary>
/// <param name="Node">The node, or null while its shard has no owner.</param>
/// <param name="Shard">The shard of the job.</param>
/// <param name="Epoch">Grows with every change of owner.</param>
internal sealed record OwnerDocument(string? Node, int Shard, long Epoch);

namespace Carillon.Web;

/// <summary>What became of a bulk request. Some of its jobs may have failed: each item says so.</summary>
/// <param name="Total">How many jobs it was about.</param>
/// <param name="Succeeded">How many of them it was carried out for.</param>
/// <param name="Failed">How many it was not.</param>
/// <param name="Items">Each job, in the order given.</param>
internal sealed record BulkAnswer(int Total, int Succeeded, int Failed, IReadOnlyList<BulkItem> Items);

using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Deleted jobs: the job and its trigger keys go; its executions and its history stay.</summary>
internal sealed class DeletePart() : AppendPart("deleted")
{
    private readonly Column<string?> _id = Column.Text("id");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _id];

    public void Add(in ShardEvent shardEvent, DeleteJob delete)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _id.Add(Clean(delete.Id));
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            deleted AS (SELECT v.shard, v.id FROM {rows} WHERE {Current}),
            deleted_job AS (DELETE FROM job j USING deleted v WHERE j.shard = v.shard AND j.id = v.id),
            deleted_key AS (DELETE FROM trigger_key k USING deleted v WHERE k.job_id = v.id)
            """;
    }
}

using System.Globalization;
using Carillon.Model;

namespace Carillon.Cluster.Tests.Membership;

public sealed class OwnershipPlanTests
{
    private static readonly Guid Me = Id(1);
    private static readonly Guid Other = Id(2);
    private static readonly Guid Third = Id(3);
    private static readonly Guid Gone = Id(9);

    private static readonly HashSet<ShardTerm> Nothing = [];
    private static readonly HashSet<int> None = [];
    private static readonly NodeRow[] Alone = [Node(Me)];
    private static readonly NodeRow[] Three = [Node(Me), Node(Other), Node(Third)];

    [Fact]
    public void Shard_without_owner_is_claimed_by_the_epoch_that_was_seen()
    {
        Assert.Equal([new ShardTerm(0, 0), new ShardTerm(1, 7)], Claims(Alone, [new ShardRow(0, null, 0), new ShardRow(1, null, 7)]));
    }

    [Theory]
    [InlineData(NodeStatus.Joining)]
    [InlineData(NodeStatus.Up)]
    [InlineData(NodeStatus.Leaving)]
    public void Shard_of_a_living_node_is_left_alone(NodeStatus status)
    {
        NodeRow[] nodes = [Node(Me), Node(Other) with { Status = status }];
        ShardRow[] shards = [new ShardRow(0, Other, 3)];

        Assert.Empty(Claims(nodes, shards, waited: [new ShardTerm(0, 3)]));
    }

    [Fact]
    public void Shard_of_a_dead_or_unknown_node_is_claimed()
    {
        NodeRow[] nodes = [Node(Me), Node(Other) with { Status = NodeStatus.Dead }];

        Assert.Equal(
            [new ShardTerm(0, 3), new ShardTerm(1, 4)], Claims(nodes, [new ShardRow(0, Other, 3), new ShardRow(1, Gone, 4)]));
    }

    [Fact]
    public void Orphans_are_claimed_by_each_node_according_to_the_placement_and_all_of_them_by_somebody()
    {
        var shards = Enumerable.Range(0, 64).Select(static id => new ShardRow(id, id % 2 == 0 ? null : Gone, id)).ToArray();
        var placement = Placement.Of(Three.Select(static n => n.Name), shards.Length);

        var claims = Three.ToDictionary(
            static n => n.Name, n => new OwnershipPlan(n.Incarnation, Nothing, Three, shards).Claims(Nothing, None), StringComparer.Ordinal);

        Assert.All(claims, claim => Assert.All(claim.Value, term => Assert.Equal(claim.Key, placement.OwnerOf(term.Shard))));
        Assert.Equal(shards.Select(static s => s.Id), claims.Values.SelectMany(static c => c).Select(static t => t.Shard).Order());
    }

    [Fact]
    public void Reason_of_a_take_over_follows_from_what_became_of_the_owner()
    {
        var now = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
        NodeRow[] nodes =
        [
            Node(Me),
            Node(Other) with { Status = NodeStatus.Dead, LeaseUntil = now.AddSeconds(4) },
            Node(Third) with { Status = NodeStatus.Dead, LeaseUntil = now },
        ];
        ShardRow[] shards =
            [new(0, null, 0), new(1, null, 7), new(2, Other, 3), new(3, Third, 3), new(4, Gone, 3), new(5, Me, 3), new(6, Other, 3)];

        var reasons = new OwnershipPlan(Me, Nothing, nodes, shards)
            .ReasonsFor([.. shards.Take(6).Select(static s => new ShardTerm(s.Id, s.Epoch + 1))], now);

        Assert.Equal(
            [TakeoverReason.First, TakeoverReason.Released, TakeoverReason.Crash, TakeoverReason.Lease, TakeoverReason.Lease], reasons);
    }

    [Fact]
    public void Orphans_are_claimed_by_leaving_nodes_when_none_is_up_and_given_to_nobody()
    {
        NodeRow[] nodes = [Node(Me) with { Status = NodeStatus.Leaving }, Node(Other) with { Status = NodeStatus.Leaving }];
        ShardRow[] shards = [.. Enumerable.Range(0, 8).Select(static id => new ShardRow(id, null, 3))];

        var mine = Claims(nodes, shards).Select(static term => term.Shard);
        var others = new OwnershipPlan(Other, Nothing, nodes, shards).Claims(Nothing, None).Select(static term => term.Shard);

        Assert.Equal(Enumerable.Range(0, 8), mine.Concat(others).Order());
        Assert.Empty(Claims([nodes[0], Node(Third)], shards));
    }

    [Fact]
    public void Orphan_is_claimed_by_its_successor_and_by_nobody_else()
    {
        var shards = Enumerable.Range(0, 16).Select(static id => new ShardRow(id, null, 2) { Successor = Other }).ToArray();

        Assert.Empty(Claims(Three, shards));
        Assert.Equal(16, new OwnershipPlan(Other, Nothing, Three, shards).Claims(Nothing, None).Count);
    }

    [Theory]
    [InlineData(NodeStatus.Leaving)]
    [InlineData(NodeStatus.Dead)]
    public void Orphan_whose_successor_is_not_up_is_claimed_by_the_node_it_is_placed_on(NodeStatus status)
    {
        NodeRow[] nodes = [Node(Me), Node(Other) with { Status = status }];
        ShardRow[] shards = [new ShardRow(0, null, 2) { Successor = Other }, new ShardRow(1, null, 2) { Successor = Gone }];

        Assert.Equal(2, Claims(nodes, shards).Count);
    }

    [Fact]
    public void Orphan_that_has_waited_is_claimed_by_anybody()
    {
        ShardRow[] shards = [new ShardRow(0, null, 2) { Successor = Other }, new ShardRow(1, null, 3) { Successor = Other }];

        Assert.Equal([new ShardTerm(1, 3)], Claims(Three, shards, waited: [new ShardTerm(1, 3)]));
    }

    [Fact]
    public void Orphan_in_quarantine_is_not_claimed_though_it_has_waited()
    {
        ShardRow[] shards = [new ShardRow(0, Gone, 2), new ShardRow(1, Gone, 3)];

        var plan = new OwnershipPlan(Me, Nothing, Alone, shards);

        Assert.Equal([new ShardTerm(0, 2)], plan.Claims(new HashSet<ShardTerm> { new(1, 3) }, new HashSet<int> { 1 }));
    }

    [Theory]
    [InlineData(NodeStatus.Up)]
    [InlineData(NodeStatus.Leaving)]
    public void Own_shard_is_claimed_again_only_when_its_term_has_ended(NodeStatus status)
    {
        ShardRow[] shards = [new ShardRow(0, Me, 3), new ShardRow(1, Me, 4)];
        var plan = new OwnershipPlan(Me, Held(new ShardTerm(0, 3)), [Node(Me) with { Status = status }], shards);

        Assert.Equal([new ShardTerm(1, 4)], plan.Claims(Nothing, new HashSet<int> { 1 }));
    }

    [Fact]
    public void Own_shard_held_under_an_older_epoch_is_both_lost_and_claimed()
    {
        var plan = new OwnershipPlan(Me, Held(new ShardTerm(0, 3)), Alone, [new ShardRow(0, Me, 4)]);

        Assert.Equal([new ShardTerm(0, 3)], plan.Lost);
        Assert.Equal([new ShardTerm(0, 4)], plan.Claims(Nothing, None));
    }

    [Fact]
    public void Held_term_is_lost_when_the_row_names_another_owner_or_none()
    {
        ShardRow[] shards = [new ShardRow(0, Me, 3), new ShardRow(1, Other, 5), new ShardRow(2, null, 5)];
        var plan = new OwnershipPlan(Me, Held(new(0, 3), new(1, 4), new(2, 5)), Alone, shards);

        Assert.Equal([new ShardTerm(1, 4), new ShardTerm(2, 5)], plan.Lost.OrderBy(static t => t.Shard));
    }

    [Theory]
    [InlineData(NodeStatus.Joining)]
    [InlineData(NodeStatus.Leaving)]
    [InlineData(NodeStatus.Dead)]
    public void Node_that_is_not_up_claims_no_orphan(NodeStatus status)
    {
        ShardRow[] shards = [new ShardRow(0, null, 2), new ShardRow(1, null, 3) { Successor = Me }];

        Assert.Empty(Claims([Node(Me) with { Status = status }, Node(Other)], shards, waited: [new ShardTerm(0, 2)]));
    }

    [Fact]
    public void Node_that_no_row_names_takes_and_gives_nothing()
    {
        ShardRow[] shards = [new ShardRow(0, null, 2), new ShardRow(1, Me, 3)];
        var plan = new OwnershipPlan(Me, Held(new ShardTerm(1, 3)), [Node(Other)], shards);

        Assert.Empty(plan.Claims(Nothing, None));
        Assert.Empty(plan.HandOver(isStable: true));
    }

    [Fact]
    public void Shards_placed_on_other_nodes_are_handed_to_them_a_few_at_a_time_once_the_nodes_are_stable()
    {
        var (shards, held) = AllMine(64);
        var placement = Placement.Of(Three.Select(static n => n.Name), shards.Length);
        var plan = new OwnershipPlan(Me, held, Three, shards);

        Assert.Empty(plan.HandOver(isStable: false));

        var moves = plan.HandOver(isStable: true);
        Assert.Equal(OwnershipPlan.MostMoves, moves.Count);
        Assert.All(moves, move => Assert.Equal(Three.Single(n => n.Incarnation == move.Successor).Name, placement.OwnerOf(move.Term.Shard)));
        Assert.DoesNotContain(moves, static move => move.Successor == Me);
    }

    [Fact]
    public void Only_held_terms_are_handed_over()
    {
        var (shards, held) = AllMine(64);
        held.RemoveWhere(static t => t.Shard % 2 == 0);
        shards[1] = shards[1] with { Owner = Other };

        var moves = new OwnershipPlan(Me, held, [Node(Me) with { Status = NodeStatus.Leaving }, Node(Other)], shards).HandOver(isStable: false);

        Assert.Equal(Enumerable.Range(0, 64).Where(static id => id % 2 == 1 && id != 1), moves.Select(static m => m.Term.Shard));
    }

    [Fact]
    public void Node_that_leaves_hands_over_everything_without_waiting_for_stability()
    {
        var (shards, held) = AllMine(64);
        NodeRow[] nodes = [Node(Me) with { Status = NodeStatus.Leaving }, Node(Other), Node(Third)];

        var moves = new OwnershipPlan(Me, held, nodes, shards).HandOver(isStable: false);

        Assert.Equal(OwnershipPlan.MostMovesLeaving, moves.Count);
        Assert.Equal([Other, Third], moves.Select(static m => m.Successor!.Value).Distinct().Order());
    }

    [Fact]
    public void Node_that_leaves_keeps_everything_while_nobody_is_up()
    {
        var (shards, held) = AllMine(8);
        NodeRow[] nodes = [Node(Me) with { Status = NodeStatus.Leaving }, Node(Other) with { Status = NodeStatus.Leaving }];

        Assert.Empty(new OwnershipPlan(Me, held, nodes, shards).HandOver(isStable: true));
    }

    [Fact]
    public void Nodes_that_follow_their_plans_come_to_rest_with_everything_placed()
    {
        var shards = Enumerable.Range(0, 256).Select(static id => new ShardRow(id, Me, 1)).ToArray();
        var rounds = 0;
        while (MoveOn(Three, shards) && rounds < 100)
        {
            rounds++;
        }

        var placement = Placement.Of(Three.Select(static n => n.Name), shards.Length);
        Assert.All(shards, s => Assert.Equal(placement.OwnerOf(s.Id), Three.Single(n => n.Incarnation == s.Owner).Name));
        Assert.All(shards, static s => Assert.True(s.Epoch is 1 or 3, $"shard {s.Id} moved more than once: epoch {s.Epoch}"));
        Assert.InRange(rounds, 10, 20);
    }

    /// <summary>Lets every node do a round: release what it should give, then claim what it should have.</summary>
    /// <returns>Whether anything moved.</returns>
    private static bool MoveOn(NodeRow[] nodes, ShardRow[] shards)
    {
        var moved = 0;
        foreach (var me in nodes.Select(static n => n.Incarnation))
        {
            var held = shards.Where(s => s.Owner == me).Select(static s => new ShardTerm(s.Id, s.Epoch)).ToHashSet();
            foreach (var (term, successor) in new OwnershipPlan(me, held, nodes, shards).HandOver(isStable: true))
            {
                shards[term.Shard] = new ShardRow(term.Shard, null, term.Epoch + 1) { Successor = successor };
                moved++;
            }
        }

        foreach (var me in nodes.Select(static n => n.Incarnation))
        {
            var held = shards.Where(s => s.Owner == me).Select(static s => new ShardTerm(s.Id, s.Epoch)).ToHashSet();
            foreach (var term in new OwnershipPlan(me, held, nodes, shards).Claims(Nothing, None))
            {
                shards[term.Shard] = new ShardRow(term.Shard, me, term.Epoch + 1);
                moved++;
            }
        }

        return moved > 0;
    }

    private static IReadOnlyList<ShardTerm> Claims(NodeRow[] nodes, ShardRow[] shards, params ShardTerm[] waited)
    {
        return new OwnershipPlan(Me, Nothing, nodes, shards).Claims(waited.ToHashSet(), None);
    }

    private static (ShardRow[] Shards, HashSet<ShardTerm> Held) AllMine(int count)
    {
        return (
            [.. Enumerable.Range(0, count).Select(static id => new ShardRow(id, Me, 1))],
            [.. Enumerable.Range(0, count).Select(static id => new ShardTerm(id, 1))]);
    }

    private static HashSet<ShardTerm> Held(params ShardTerm[] terms)
    {
        return [.. terms];
    }

    private static Guid Id(byte number)
    {
        return new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number);
    }

    private static NodeRow Node(Guid incarnation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"node-{incarnation.ToByteArray()[^1]}");
        return new NodeRow { Incarnation = incarnation, Name = name, Advertise = "http://127.0.0.1:8000", Version = "1" };
    }
}

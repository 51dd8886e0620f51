using System.Text;

namespace Carillon.Scheduling.Schedules;

/// <summary>
/// A hash that is the same on every node, version and platform, because schedules depend on it: FNV-1a over the bytes,
/// then the 64-bit finalizer of MurmurHash3, so that near inputs differ in the high bits too.
/// </summary>
internal static class StableHash
{
    private const ulong OffsetBasis = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    /// <summary>The hash of a job id and the name of something of that job.</summary>
    public static ulong Of(string jobId, string name) => Finish(Add(Add(OffsetBasis, jobId), "\n" + name));

    /// <summary>The hash of a job id and a number that belongs to that job.</summary>
    public static ulong Of(string jobId, long number)
    {
        var hash = Add(OffsetBasis, jobId);
        for (var shift = 0; shift < 64; shift += 8)
        {
            hash = (hash ^ (byte)(number >> shift)) * Prime;
        }

        return Finish(hash);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}

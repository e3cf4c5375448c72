using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Browser;

/// <summary>A portal of its own on a folder in which a few families wait that a test knows.</summary>
public sealed class FamilyPortal : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("wdfis-").FullName;
    private PortalProcess? portal;

    internal PortalProcess Portal => portal ?? throw new InvalidOperationException("Not started.");
    internal string DataFolder => folder;

    /// <summary>A mother and a child, to ask permission of.</summary>
    internal UnitId Asked { get; private set; }

    /// <summary>A mother and a child who want to be forgotten.</summary>
    internal UnitId Leaving { get; private set; }

    internal PersonId LeavingMother { get; private set; }

    public async Task InitializeAsync()
    {
        await using (var room = await FamilyRoom.Start(folder))
        {
            Asked = await room.Save(room.Card([room.Carer("Magda", "Testowska")], [room.Child("Ola", room.Today.AddYears(-6))],
                new SafeContact { NeverDiscloseTo = ["Viktor Falsowski"], ReviewedOn = room.Today, SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves }));
            var mother = room.Carer("Juno", "Quillfeather");
            LeavingMother = mother.Id;
            (await room.Get<RecipientDesk>().Add(FamilyRoom.Adviser, new RecipientDetails { Kind = BodyKind.School, Name = "Listed Example Primary" }, [])).OrThrow();
            Leaving = await room.Save(room.Card([mother], [room.Child("Pip", room.Today.AddYears(-4))]));
        }
        portal = await PortalProcess.Start(folder);
    }

    public async Task DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

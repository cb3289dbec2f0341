"""What suppliers offer: everything, a menu fixed above, or what is most asked for.

Nothing here is drawn: what was asked for are the cases that the community could do alone, counted as they are
routed.
"""

from sim.engine.declare import event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.communities import COMMUNITY
from sim.mechanisms.moments import run_begins

EV_MENU = event(38, "MENU", "suppliers' menu becomes what was most asked for")
COMMUNITY.add("menu", whole("categories that suppliers take on, as bits; −1 all"))


#: Every category.
EVERYTHING = -1


@inner
def on_menu(s, n):
    """Note that need `n` was asked for; return whether suppliers offer its category."""
    c = s.need[n]["community"]
    category = s.need[n]["category"]
    if s.wanted.shape[0] > 0:
        s.wanted[c, category] += 1.0
    menu = s.community[c]["menu"]
    return menu == EVERYTHING or menu & (1 << category) != 0


@inner
def file_menu(s, c, t):
    """File when the menu of community `c` is made anew; nothing is filed where none is learned."""
    if s.wanted.shape[0] > 0:
        push(s, t + 7.0 * s.par[0]["plural_menu_weeks"], EV_MENU, c, 0)


@inner
def heaviest(weights, size):
    """Return the `size` categories with the largest weights, as bits; of equal ones that numbered first."""
    menu = 0
    for _ in range(min(size, weights.shape[0])):
        best = -1
        for k in range(weights.shape[0]):
            if not menu & (1 << k) and (best < 0 or weights[k] > weights[best]):
                best = k
        menu |= 1 << best
    return menu


@on(EV_MENU)
def learn_menu(s, c, t):
    """Put on the menu of community `c` what was most asked for since it was last made."""
    s.community[c]["menu"] = heaviest(s.wanted[c], s.par[0]["plural_menu_size"])
    for k in range(s.wanted.shape[1]):
        s.wanted[c, k] = 0.0
    file_menu(s, c, t)


@after(run_begins, 50)
def file_menus(s):
    """File when each community's menu is made anew for the first time."""
    for c in range(s.community.shape[0]):
        file_menu(s, c, 0.0)

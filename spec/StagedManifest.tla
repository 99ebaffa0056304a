--------------------------- MODULE StagedManifest ---------------------------
(* A manifest with more children than one transaction takes: put and deleted  *)
(* in chunks.                                                                 *)
(*                                                                            *)
(* Beside the manifest's record M lies a progress record P while it is        *)
(* half-way: a direction and a cursor.  Chunk by chunk one transaction moves  *)
(* the cursor and counts, or counts off, the children it passes; M is visible *)
(* only when all are counted.  Children follow from the digest, so whoever    *)
(* pushes the same manifest goes on where another one stopped, and the        *)
(* collector turns back what stands still.  A chunk has one child here.       *)
(*                                                                            *)
(* Every action is ONE transaction.  Actors act on what they read at any      *)
(* earlier time, and may stop for ever after any action; the collector may    *)
(* turn a put back at any time.  So no result depends on a clock.             *)
EXTENDS Naturals, FiniteSets
CONSTANTS Chunks,  \* how many
          Actors,  \* pushers, deleters and collectors, who all know the same steps
          Puts,    \* how often the put may be begun (bounds the model)
          Bugs     \* set of mutants, {} = the design
Bug(x) == x \in Bugs
Children == 1..Chunks
VARIABLES M,     \* none | staged | live | deleting
          P,     \* progress record
          L,     \* links of the children: is it there, and how often is it counted
          loc,   \* what each actor has read of P
          puts
vars == <<M,P,L,loc,puts>>
NoP == [ex |-> FALSE, up |-> FALSE, cur |-> 0]
At(up, cur) == [ex |-> TRUE, up |-> up, cur |-> cur]
Init == /\ M = "none" /\ P = NoP /\ puts = Puts
        /\ L = [c \in Children |-> [ex |-> FALSE, refs |-> 0]]
        /\ loc = [a \in Actors |-> NoP]
-----------------------------------------------------------------------------
(* Others, at any time: a client brings a blob, the collector takes one that  *)
(* nothing names (R4).                                                        *)
Supply(c) == /\ ~L[c].ex /\ L' = [L EXCEPT ![c] = [ex |-> TRUE, refs |-> 0]]
             /\ UNCHANGED <<M,P,loc,puts>>
Collect(c) == /\ L[c].ex /\ L[c].refs = 0 /\ L' = [L EXCEPT ![c].ex = FALSE]
              /\ UNCHANGED <<M,P,loc,puts>>
Read(a) == /\ loc' = [loc EXCEPT ![a] = P] /\ UNCHANGED <<M,P,L,puts>>
-----------------------------------------------------------------------------
(* S1  Put M cond not exists, Put P cond not exists *)
Begin == /\ M = "none" /\ puts > 0 /\ puts' = puts - 1
         /\ M' = "staged" /\ P' = At(TRUE, 0) /\ UNCHANGED <<L,loc>>
(* S2  Update P cursor + 1 cond up, cursor = :seen; Update L refs + 1 cond exists *)
Count(a) ==
  /\ loc[a].ex /\ loc[a].up /\ loc[a].cur < Chunks
  /\ LET c == loc[a].cur + 1 IN
     /\ P.ex
     /\ P.up
     /\ P.cur = loc[a].cur \/ Bug("CountAnywhere")
     /\ L[c].ex \/ Bug("NoLinkCheck")
     /\ P' = [P EXCEPT !.cur = c]
     /\ L' = [L EXCEPT ![c].refs = @ + 1]
  /\ UNCHANGED <<M,loc,puts>>
(* S3  Update M live cond staged; Delete P cond up, cursor = all *)
Publish == /\ M = "staged" /\ P.ex
           /\ P.up
           /\ P.cur = Chunks \/ Bug("PublishEarly")
           /\ M' = "live" /\ P' = NoP /\ UNCHANGED <<L,loc,puts>>
-----------------------------------------------------------------------------
(* Turn  Update P down cond up: the put is given up, whoever is at it *)
Turn == /\ P.ex /\ P.up /\ ~Bug("NeverTurned") /\ P' = [P EXCEPT !.up = FALSE]
        /\ UNCHANGED <<M,L,loc,puts>>
(* Delete  Update M deleting cond live, nothing points to it; Put P down, cursor = all *)
Delete == /\ M = "live"
          /\ M' = IF Bug("VisibleWhileDeleted") THEN M ELSE "deleting"
          /\ P' = At(FALSE, Chunks) /\ UNCHANGED <<L,loc,puts>>
(* Uncount  Update P cursor - 1 cond down, cursor = :seen; Update L refs - 1 *)
Uncount(a) ==
  /\ loc[a].ex /\ ~loc[a].up /\ loc[a].cur > 0
  /\ LET c == loc[a].cur IN
     /\ P.ex /\ ~P.up
     /\ P.cur = c \/ Bug("UncountAnywhere")
     /\ L[c].refs > 0
     /\ P' = [P EXCEPT !.cur = c - 1]
     /\ L' = [L EXCEPT ![c].refs = @ - 1]
  /\ UNCHANGED <<M,loc,puts>>
(* End  Delete M cond not live; Delete P cond down, cursor = 0 *)
End == /\ P.ex /\ ~P.up
       /\ P.cur = 0 \/ Bug("EndEarly")
       /\ M' = "none" /\ P' = NoP /\ UNCHANGED <<L,loc,puts>>
-----------------------------------------------------------------------------
Step(a) == Read(a) \/ Count(a) \/ Uncount(a)
Next == \/ \E c \in Children : Supply(c) \/ Collect(c)
        \/ \E a \in Actors : Step(a)
        \/ Begin \/ Publish \/ Turn \/ Delete \/ End
Spec == Init /\ [][Next]_vars
(* Only the collector is sure to go on; it reads before every step. *)
Gc(a) == \/ loc[a] # P /\ Read(a)
         \/ Uncount(a)
FairSpec == Spec /\ WF_vars(Turn) /\ WF_vars(End) /\ \A a \in Actors : SF_vars(loc[a] # P /\ Read(a)) /\ SF_vars(Uncount(a))
-----------------------------------------------------------------------------
(* What is visible misses nothing. *)
I1 == M = "live" => \A c \in Children : L[c].ex /\ L[c].refs > 0
(* A child is counted exactly while the manifest is visible, or behind the cursor. *)
Counted(c) == M = "live" \/ (P.ex /\ c <= P.cur)
Counts == \A c \in Children : /\ L[c].refs = (IF Counted(c) THEN 1 ELSE 0)
                              /\ L[c].refs > 0 => L[c].ex
(* Whoever finds one of the two records finds the other: nobody is stuck. *)
Pair == P.ex <=> M \in {"staged", "deleting"}
(* Nothing stays half-way. *)
Ends == P.ex ~> ~P.ex
=============================================================================

"""How far behind its arrival a document stands in line"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


# Without `batch_alter_table`, as in 0002: it may drop what hangs on the table.
def upgrade() -> None:
    op.add_column('documents', sa.Column('behind_s', sa.Float(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('documents', 'behind_s')
